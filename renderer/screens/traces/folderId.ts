// A folder's path as a part of an address: base64url of its UTF-8 bytes.

export function folderOf(resultId: string): string {
  try {
    const bytes = Uint8Array.from(atob(resultId.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return resultId;
  }
}
