import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { download, get } from './download'
import { unzipOne } from './unzip'

const run = promisify(execFile)

/**
 * Downloads the CLI from where Temporal's SDKs get it (temporal.download; the answer names an archive and the file in
 * it) into the folder `work` and returns the program's path. The version is Temporal's choice; nothing is published to
 * check it against.
 *
 * @throws Error that names the host and the reason
 */
export async function cliFromTemporalDownload(work: string, log: (line: string) => void): Promise<string> {
  const windows = process.platform === 'win32'
  const query = new URLSearchParams({
    arch: process.arch === 'x64' ? 'amd64' : process.arch,
    platform: windows ? 'windows' : process.platform,
    format: windows ? 'zip' : 'tar.gz',
  })
  const answer = await get(`https://temporal.download/cli/default?${query}`, 30_000)
  const { archiveUrl, fileToExtract } = (await answer.json()) as { archiveUrl: string; fileToExtract: string }
  log('Temporal CLI: downloading from temporal.download, once …')
  const archive = await download(archiveUrl, log)
  const program = join(work, fileToExtract)
  if (windows) {
    writeFileSync(
      program,
      unzipOne(archive, (name) => name === fileToExtract),
    )
  } else {
    writeFileSync(join(work, 'archive.tar.gz'), archive)
    await run('tar', ['-xzf', 'archive.tar.gz', fileToExtract], { cwd: work })
  }
  return program
}
