import { inflateRawSync } from 'node:zlib'

// Layout and field offsets: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
const localHeader = { size: 30, nameLength: 26, extraLength: 28 }
const centralHeader = { signature: 0x02014b50, size: 46, method: 10, packedSize: 20, nameLength: 28, offset: 42 }
const endRecord = { signature: 0x06054b50, size: 22, entries: 10, directory: 16 }

function findEnd(zip: Buffer): number {
  for (let at = zip.length - endRecord.size; at >= 0; at--) if (zip.readUInt32LE(at) === endRecord.signature) return at
  throw new Error('the file is not a zip archive, or is cut off')
}

/**
 * The content of the one entry of a zip archive whose name satisfies `matches`. Reads what wheels and CLI archives use:
 * stored or deflated entries, no encryption, no zip64.
 *
 * @throws Error when the archive is damaged or has no such entry
 */
export function unzipOne(zip: Buffer, matches: (name: string) => boolean): Buffer {
  const end = findEnd(zip)
  const names: string[] = []
  let at = zip.readUInt32LE(end + endRecord.directory)
  for (let left = zip.readUInt16LE(end + endRecord.entries); left > 0; left--) {
    if (zip.readUInt32LE(at) !== centralHeader.signature) throw new Error('the zip archive is damaged')
    const nameLength = zip.readUInt16LE(at + centralHeader.nameLength)
    const name = zip.toString('utf8', at + centralHeader.size, at + centralHeader.size + nameLength)
    if (matches(name)) {
      const local = zip.readUInt32LE(at + centralHeader.offset)
      const start =
        local +
        localHeader.size +
        zip.readUInt16LE(local + localHeader.nameLength) +
        zip.readUInt16LE(local + localHeader.extraLength)
      const packed = zip.subarray(start, start + zip.readUInt32LE(at + centralHeader.packedSize))
      return zip.readUInt16LE(at + centralHeader.method) === 0 ? packed : inflateRawSync(packed)
    }
    names.push(name)
    // The name is followed by an extra field and a comment, whose lengths come after the name's.
    const rest =
      zip.readUInt16LE(at + centralHeader.nameLength + 2) + zip.readUInt16LE(at + centralHeader.nameLength + 4)
    at += centralHeader.size + nameLength + rest
  }
  throw new Error(`the zip archive has only ${names.join(', ')}`)
}
