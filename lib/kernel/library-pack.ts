/**
 * Several compiled files of the library as one, so that an import is one request: the length of a list, the list (JSON:
 * each file's path and length), then the files one after the other. The server compresses it as a whole.
 */
const LENGTH_BYTES = 4;

export function packFiles(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const list = new TextEncoder().encode(JSON.stringify([...files].map(([path, code]) => [path, code.length])));
  let size = LENGTH_BYTES + list.length;
  for (const code of files.values()) size += code.length;
  const pack = new Uint8Array(size);
  new DataView(pack.buffer).setUint32(0, list.length);
  pack.set(list, LENGTH_BYTES);
  let at = LENGTH_BYTES + list.length;
  for (const code of files.values()) {
    pack.set(code, at);
    at += code.length;
  }
  return pack;
}

/** The files are parts of `pack`, not copies. */
export function unpackFiles(pack: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const first = LENGTH_BYTES + new DataView(pack.buffer, pack.byteOffset).getUint32(0);
  const list = JSON.parse(new TextDecoder().decode(pack.subarray(LENGTH_BYTES, first))) as [string, number][];
  let at = first;
  for (const [path, size] of list) {
    files.set(path, pack.subarray(at, at + size));
    at += size;
  }
  return files;
}
