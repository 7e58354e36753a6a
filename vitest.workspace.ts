export default ["packages/*", "contract", "test"]
