// A citizen and the browser they sit at: fetch with a cookie jar, which reads the forms of pages and fills them in.
import { createHmac } from 'node:crypto';
import { check, issuer, required } from './client.mjs';

const PASSWORD = 'nước chảy đá mòn 1975';
const STEP_SECONDS = 30;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Somebody whose account an administrator has just made. */
export class Person {
  #login = required('MEKONG_LOGIN');
  #secret;
  #lastStep = 0;

  /** Sets password and one-time codes by the code that they were handed in two halves. */
  static async activated() {
    const person = new Person();
    const code = required('MEKONG_ACTIVATION_CODE');
    const offer = await post('/v1/activations', { code });
    check(offer.status === 200, 'the activation code is good');
    person.#secret = fromBase32((await offer.json()).secret);
    const done = await post('/v1/activations/completion', { code, password: PASSWORD, oneTimeCode: person.#code() });
    check(done.status === 204, 'password and one-time codes are set');
    return person;
  }

  /** What they type into the sign-in form. */
  types() {
    return { login: this.#login, password: PASSWORD, code: this.#code() };
  }

  /** RFC 6238; each code counts once, and those of the step before and the one to come are good too. */
  #code() {
    const now = Math.floor(Date.now() / 1000 / STEP_SECONDS);
    this.#lastStep = Math.max(this.#lastStep + 1, now - 1);
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(this.#lastStep));
    const mac = createHmac('sha1', this.#secret).update(counter).digest();
    const number = mac.readUInt32BE(mac.at(-1) & 0x0f) & 0x7fffffff;
    return String(number % 1_000_000).padStart(6, '0');
  }
}

/** A browser without pictures, where somebody is signed in or not yet. */
export class Browser {
  /** How many pages it has shown. */
  pages = 0;
  #cookies = new Map();

  /** Opens an address; ends at a page of the issuer, or at an address elsewhere, which is not opened. */
  async open(address, options = {}) {
    let url = new URL(address);
    let request = options;
    for (let hops = 0; hops < 10; hops++) {
      const response = await this.#fetch(url, request);
      if (response.status >= 300 && response.status < 400) {
        if (response.status !== 303) throw new Error(`${url.pathname} redirects by ${response.status}, not by 303`);
        url = new URL(response.headers.get('location'), url);
        if (url.origin !== issuer.origin) return { left: url };
        request = {};
      } else {
        this.pages++;
        return { status: response.status, path: url.pathname, url, text: await response.text() };
      }
    }
    throw new Error(`${address} leads nowhere`);
  }

  /** Sends the form of a page with these fields filled in, and what stands hidden in it. */
  async submit(page, fields) {
    const action = page.text.match(/<form method="post" action="([^"]+)"/)?.[1];
    if (!action) throw new Error(`${page.path} (${page.status}) has no form: ${page.text}`);
    const body = new URLSearchParams();
    for (const [, name, value] of page.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)) {
      body.append(name, unescaped(value));
    }
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    return this.open(new URL(unescaped(action), page.url), { method: 'POST', body });
  }

  /** Goes through the pages: signs in where that is asked, and decides; the address that the client is answered at. */
  async answer(address, person, decision = 'allow') {
    let at = await this.open(address);
    if (at.path === '/sign-in') at = await this.submit(at, { ...person.types(), decision: 'sign-in' });
    if (at.path === '/consent') at = await this.submit(at, { decision });
    if (!at.left) throw new Error(`ended at ${at.path} (${at.status}): ${at.text}`);
    return at.left;
  }

  async #fetch(url, options) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { 'accept-language': 'en', ...(cookie && { cookie }) };
    const response = await fetch(url, { ...options, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [pair, ...attributes] = line.split(';').map((part) => part.trim());
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      const over = attributes.some((attribute) => attribute.toLowerCase() === 'max-age=0');
      if (over || !value) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return response;
  }
}

function post(path, body) {
  const headers = { 'content-type': 'application/json' };
  return fetch(new URL(path, issuer), { method: 'POST', headers, body: JSON.stringify(body) });
}

function unescaped(text) {
  const signs = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => signs[name]);
}

function fromBase32(text) {
  const bits = [...text.replace(/=+$/, '')].map((sign) => BASE32.indexOf(sign).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}
