// What was dropped on the window: the folder's path where it can be known (the desktop application), else its name.

/** null: nothing that lies on a disk. A dropped file stands for the folder it lies in. */
export function droppedFolder({ items, files }: Pick<DataTransfer, 'items' | 'files'>, pathOf: ((file: File) => string) | undefined): { readonly path: string } | { readonly name: string } | null {
  const file = files[0];
  if (!file) return null;
  const isFolder = items[0]?.webkitGetAsEntry()?.isDirectory ?? false;
  const path = pathOf?.(file) ?? '';
  if (path === '') return { name: file.name };
  return { path: isFolder ? path : path.replace(/[\\/][^\\/]*$/, '') };
}
