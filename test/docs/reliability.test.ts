import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(__dirname, '..', '..')
const page = readFileSync(join(root, 'docs', 'reliability.md'), 'utf8')
const [promised = ''] = page.split('## Not promised')
const promises = promised
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| promise') && !line.startsWith('| ---'))
  .map((line) => {
    const [, promise = '', tests = ''] = line.split('|').map((cell) => cell.trim())
    return { promise, files: [...tests.matchAll(/`(test\/.+?\.test\.ts)`/g)].map(([, path]) => path ?? '') }
  })

test('there are promises', () => {
  expect(promises.length).toBeGreaterThan(8)
})

test.each(promises)('"$promise" is shown by a test that is there', ({ files }) => {
  expect(files.length).toBeGreaterThan(0)
  for (const path of files) expect([path, existsSync(join(root, path))]).toEqual([path, true])
})
