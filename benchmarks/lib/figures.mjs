/** A quantile of sorted samples, interpolated between two of them. */
const quantile = (sorted, fraction) => {
  const at = (sorted.length - 1) * fraction
  const low = Math.floor(at)
  return sorted[low] + (sorted[Math.ceil(at)] - sorted[low]) * (at - low)
}

const round = (value) => Number(value.toPrecision(4))

/** The median and the quartiles of samples. */
export const figure = (name, unit, samples) => {
  const sorted = [...samples].sort((a, b) => a - b)
  const [p25, median, p75] = [0.25, 0.5, 0.75].map((fraction) => round(quantile(sorted, fraction)))
  return { name, unit, p25, median, p75 }
}

/** Compares two figures. The result is judged if their quartiles do not overlap. */
export const ratio = (figures, unit, a, b, target) => {
  const [above, below] = [a, b].map((name) => figures.find((one) => one.name === name && one.unit === unit))
  return above === undefined || below === undefined
    ? []
    : [
        {
          name: `${a} ÷ ${b}, ${unit}`,
          value: round(above.median / below.median),
          target,
          judged: above.p75 < below.p25 || below.p75 < above.p25
        }
      ]
}

/** Compares a figure with a fixed limit. The result is judged if the limit is not between its quartiles. */
export const ceiling = (figures, unit, name, target) =>
  figures
    .filter((one) => one.name === name && one.unit === unit)
    .map(({ median, p25, p75 }) => ({
      name: `${name}, ${unit}`,
      value: median,
      target,
      judged: p75 <= target || p25 > target
    }))

export const shuffled = (items) => {
  const order = [...items]
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(Math.random() * (at + 1))
    ;[order[at], order[other]] = [order[other], order[at]]
  }
  return order
}

const columns = (rows) => {
  const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => row[at].length)))
  return rows
    .map((row) => row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join("  "))
    .join("\n")
}

export const figuresTable = (figures) =>
  columns([
    ["", "unit", "p25", "median", "p75"],
    ...figures.map(({ median, name, p25, p75, unit }) => [name, unit, String(p25), String(median), String(p75)])
  ])

const verdict = ({ judged, target, value }) => {
  if (target === null) {
    return ""
  }
  return judged ? (value <= target ? "met" : "missed") : "not judged"
}

export const ratiosTable = (ratios) =>
  columns([
    ["", "value", "target", ""],
    ...ratios.map((one) => [one.name, String(one.value), one.target === null ? "" : `≤ ${one.target}`, verdict(one)])
  ])
