export default [
  "packages/*",
  "tests/contract",
  "tests/contract/secrets",
  "tests/examples",
  "tests/fleet",
  "tests/house"
]
