// Requests of the settings, help and doctor screens.

export const settingRequests = {};
