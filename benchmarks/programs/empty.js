console.log("started")
process.exit()
