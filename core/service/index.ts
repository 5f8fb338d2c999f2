// The one door to everything below for whatever has a screen: requests are checked, answered and cancelled here, events
// are numbered, folders are guarded. Carried by IPC (electron/) or by HTTP and WebSocket (serveHttp).
// May import pipelines, execution, review and what lies below; nothing below may import it. contract/ is the part the
// renderer shares: it knows neither Node nor the browser.

export { createService, type Service, type ServiceOptions } from './service.ts';
export { defaultProfileFolder, type Shell, toFailure } from './house/index.ts';
export { contentSecurityPolicy, mediaTypeOf, readPage } from './carriers/pages.ts';
export { serveHttp, type HttpServer, type HttpOptions } from './carriers/http.ts';
