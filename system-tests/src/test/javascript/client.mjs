// What every script here starts from: the client that the Java test hands over in the environment.
import { readFileSync } from 'node:fs';

export const issuer = new URL(required('MEKONG_ISSUER'));
export const clientId = required('MEKONG_CLIENT_ID');

const jwk = JSON.parse(readFileSync(required('MEKONG_CLIENT_KEY'), 'utf8'));

/** The client's private key, as both libraries take it. */
export const clientKey = {
  key: await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']),
  kid: jwk.kid,
};

export function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export function check(condition, what) {
  if (!condition) throw new Error(`not so: ${what}`);
  console.log(`ok: ${what}`);
}

/** Runs what is to be refused; fails unless it is refused with this error. */
export async function refused(error, what, run) {
  try {
    await run();
  } catch (failure) {
    const code = failure.error ?? failure.cause?.error ?? failure.cause?.[0]?.parameters?.error;
    if (code === error) {
      console.log(`ok: ${what}: ${error}`);
      return;
    }
    throw new Error(`${what}: refused with ${code}, not with ${error}`, { cause: failure });
  }
  throw new Error(`${what}: not refused`);
}

/** Runs what the library itself is to refuse, whatever the service says; fails unless it does, with this code. */
export async function refusedHere(code, what, run) {
  try {
    await run();
  } catch (failure) {
    if (failure.code === code) {
      console.log(`ok: ${what}: ${failure.message}`);
      return;
    }
    throw new Error(`${what}: refused with ${failure.code}, not with ${code}`, { cause: failure });
  }
  throw new Error(`${what}: not refused`);
}

export function claims(jwt) {
  return JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url').toString());
}
