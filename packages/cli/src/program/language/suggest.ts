/** "Did you mean": the names that a mistyped word may stand for. */
import type { Text } from "./language.js"

/** How many letters have to be changed, added, removed or swapped with their neighbour. */
const distance = (from: string, to: string): number => {
  const rows: Array<Array<number>> = [Array.from({ length: to.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    for (let j = 1; j <= to.length; j++) {
      const isSame = from[i - 1] === to[j - 1]
      const isSwapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      row.push(
        Math.min(
          rows[i - 1]![j]! + 1,
          row[j - 1]! + 1,
          rows[i - 1]![j - 1]! + (isSame ? 0 : 1),
          isSwapped ? rows[i - 2]![j - 2]! + 1 : Infinity
        )
      )
    }
    rows.push(row)
  }
  return rows[from.length]![to.length]!
}

/** A longer word than any name is not compared: it may be as long as an argument may be. */
const longest = 40

/** The names that are close to the word or begin with it, the closest first. */
export const similar = (word: string, names: ReadonlyArray<string>): ReadonlyArray<string> => {
  const typed = word.toLowerCase()
  return typed.length > longest
    ? []
    : names
        .map((name) => ({ name, far: distance(typed, name.toLowerCase()) }))
        .filter(
          ({ far, name }) =>
            far <= Math.max(1, Math.floor(typed.length / 3)) ||
            (typed.length > 1 && name.toLowerCase().startsWith(typed))
        )
        .sort((a, b) => a.far - b.far)
        .slice(0, 3)
        .map(({ name }) => name)
}

/** Names in a sentence. */
export const list = (names: ReadonlyArray<string>): Text => ({
  zh: names.join("、"),
  en: names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`
})

/** `Did you mean list?`, or else what there is. */
export const didYouMean = (word: string, names: ReadonlyArray<string>, otherwise: Text): Text => {
  const found = list(similar(word, names))
  return found.zh === "" ? otherwise : { zh: `是否想用 ${found.zh}？`, en: `Did you mean ${found.en}?` }
}
