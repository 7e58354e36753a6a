/** The cause with which reading stops at the size limit. */
export class BodyTooLarge extends Error {
  readonly _tag = "BodyTooLarge"
}

const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b

const decoder = new TextDecoder()

const empty = new Uint8Array()

const concat = (chunks: ReadonlyArray<Uint8Array>, size: number) => {
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return bytes
}

/** The bytes of a reply, counted while they arrive, so that no more than the limit is ever held. */
export class Body {
  /** almost always all of it; an array for each reply would cost garbage collection */
  private first: Uint8Array | undefined
  private others: Array<Uint8Array> | undefined
  private size = 0

  constructor(readonly maxSize: number) {}

  /** Adds a chunk; false if that is more than the limit. */
  add(chunk: Uint8Array): boolean {
    if (!ArrayBuffer.isView(chunk)) {
      throw new TypeError("a fetch that was provided returns something other than bytes")
    }
    this.size += chunk.byteLength
    if (this.first === undefined) {
      this.first = chunk
    } else {
      this.others ??= []
      this.others.push(chunk)
    }
    return this.size <= this.maxSize
  }

  get bytes(): Uint8Array {
    const { first = empty, others } = this
    return others === undefined ? first : concat([first, ...others], this.size)
  }
}

/** All bytes of a stream, within the limit. */
export const readStream = (stream: ReadableStream<Uint8Array>, maxSize: number): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const body = new Body(maxSize)
    const reader = stream.getReader()
    const next = () => {
      const read = reader.read().then(({ done, value }) => {
        if (done) {
          resolve(body.bytes)
        } else if (body.add(value)) {
          next()
        } else {
          reject(new BodyTooLarge())
        }
      })
      read.catch(reject)
    }
    next()
  })

const unzip = (bytes: Uint8Array, maxSize: number) =>
  readStream(new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new DecompressionStream("gzip")), maxSize)

/**
 * The text of a body, without the byte order mark that some proxies put there. Some proxies send gzip that nobody asked for, which takes a
 * promise to read.
 */
export const toText = (bytes: Uint8Array, maxSize: number): string | Promise<string> =>
  isGzip(bytes) ? unzip(bytes, maxSize).then((text) => decoder.decode(text)) : decoder.decode(bytes)
