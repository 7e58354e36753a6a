export default ["packages/*", "tests/contract", "tests/house"]
