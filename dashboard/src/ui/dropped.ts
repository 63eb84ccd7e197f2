const entriesOf = (directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> => {
  const reader = directory.createReader();
  const more = (): Promise<FileSystemEntry[]> =>
    new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject)).then(
      async (entries) => (entries.length === 0 ? [] : [...entries, ...(await more())]),
    );
  return more();
};

async function filesOf(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isDirectory)
    return (await Promise.all((await entriesOf(entry as FileSystemDirectoryEntry)).map(filesOf))).flat();
  return [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))];
}

/** All files of what was dropped, of its folders too. Call it within the event: later the browser forgets them. */
export async function droppedFiles(items: DataTransferItemList): Promise<readonly File[]> {
  const entries = Array.from(items, (item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  return (await Promise.all(entries.map(filesOf))).flat();
}
