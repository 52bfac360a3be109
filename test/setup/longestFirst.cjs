const { default: Sequencer } = require('@jest/test-sequencer')

/** Folders whose files take minutes. */
const long = ['/test/model/', '/test/chaos/', '/test/workflows/', '/test/worker/']

/** A long test file that begins last leaves one of two workers idle, so they begin first; jest knows only what it has timed before. */
module.exports = class extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const found = long.findIndex((folder) => path.includes(folder))
      return found < 0 ? long.length : found
    }
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b))
  }
}
