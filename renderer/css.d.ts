// Style sheets as esbuild bundles them: class names of a module, nothing of a plain one.

declare module '*.module.css' {
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module '*.css';
