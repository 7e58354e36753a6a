/** How many letters must be added, removed or replaced to get from one word to the other. */
const distance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (const [at, letter] of [...from].entries()) {
    const next = [at + 1]
    for (const [column, other] of [...to].entries()) {
      next.push(Math.min(next[column]! + 1, row[column + 1]! + 1, row[column]! + (letter === other ? 0 : 1)))
    }
    row = next
  }
  return row[to.length]!
}

/** The word that was probably meant. None if every word is more than two letters away. */
export const nearest = (word: string, words: ReadonlyArray<string>): string | undefined =>
  words
    .map((known) => ({ known, letters: distance(word.toLowerCase(), known) }))
    .filter(({ known, letters }) => letters <= 2 && letters < known.length)
    .sort((a, b) => a.letters - b.letters)[0]?.known
