// Loaded before the language server: whoever asks for anything over the network is told no, and it is noted.
const { Socket } = require("node:net")
const { appendFileSync } = require("node:fs")

Socket.prototype.connect = function (...to) {
  appendFileSync(process.env.ASKED, JSON.stringify(to[0]) + "\n")
  throw new Error("no network here")
}
