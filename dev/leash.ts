import { spawn } from 'node:child_process'

// `cat` ends when the pipe to us closes, however this process ended: exit, signal or kill -9.
const script = `cat >/dev/null
kill -QUIT "$1" 2>/dev/null
n=0
while kill -0 "$1" 2>/dev/null && [ $n -lt 20 ]; do sleep 0.1; n=$((n+1)); done
kill -0 "$1" 2>/dev/null && kill -KILL "$1"
rm -rf "$2"`

/**
 * Ties a server to this process: when this process ends for any reason, a tiny shell ends the server and removes its
 * run folder. Returns a function that unties it, to be called once the server has ended. Where there is no `sh`
 * (Windows), or the shell is killed too, `removeAbandoned` of the next run does the same later.
 */
export function leash(pid: number, runFolder: string): () => void {
  const shell = spawn('sh', ['-c', script, 'leash', String(pid), runFolder], {
    // Its own group: a Ctrl-C or a kill of our group must not take the leash along with us.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
  })
  shell.on('error', () => {})
  shell.stdin.on('error', () => {})
  shell.unref()
  // The pipe must not keep our event loop alive; only sockets can say so.
  if ('unref' in shell.stdin && typeof shell.stdin.unref === 'function') shell.stdin.unref()
  const end = () => {
    if (process.platform === 'win32') process.kill(pid)
  }
  process.once('exit', end)
  return () => {
    process.removeListener('exit', end)
    try {
      if (shell.pid) process.kill(-shell.pid, 'SIGKILL')
    } catch {
      // It has ended already.
    }
  }
}
