import { hash, verify } from '@node-rs/argon2'

/** OWASP's parameters for argon2id (the library's default algorithm): 19 MiB, two passes, one lane. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** What is stored of a password. */
export function passwordHashOf(password: string): Promise<string> {
  return hash(normal(password), parameters)
}

/** A hash that no password has, made once: an unknown email must take as long as a wrong password. */
let nobodys: Promise<string> | undefined

/** Whether that is the password; without a hash it never is, and takes as long. */
export async function isPassword(password: string, storedHash: string | null): Promise<boolean> {
  nobodys ??= hash(crypto.getRandomValues(new Uint8Array(32)), parameters)
  const fits = await verify(storedHash ?? (await nobodys), normal(password))
  return fits && storedHash !== null
}

/** One password typed on two keyboards is one (NIST SP 800-63B). */
const normal = (password: string) => password.normalize('NFKC')
