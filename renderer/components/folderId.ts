// A folder of results as a part of an address: base64url of the UTF-8 bytes of its path.

export function folderOf(resultId: string): string {
  try {
    const bytes = Uint8Array.from(atob(resultId.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return resultId;
  }
}

export function resultIdOf(folder: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(folder))).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
