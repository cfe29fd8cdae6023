// openid-client: a citizen signs in by the authorization code flow of FAPI 2.0, from the pushed request to the logout.
import * as client from 'openid-client';
import { check, claims, clientId, clientKey, issuer, refused, refusedHere, required } from './client.mjs';
import { Browser, Person } from './person.mjs';

const redirect_uri = required('MEKONG_REDIRECT_URI');
const afterLogout = required('MEKONG_POST_LOGOUT_REDIRECT_URI');
const algorithm = required('MEKONG_ID_TOKEN_ALG');
const config = await client.discovery(
  issuer,
  clientId,
  { id_token_signed_response_alg: algorithm },
  client.PrivateKeyJwt(clientKey),
  { execute: [client.enableNonRepudiationChecks] },
);
const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));
const thumbprint = await DPoP.calculateThumbprint();
const person = await Person.activated();
const browser = new Browser();

/** Pushes a request: where the browser goes, and what the answer is checked by. */
async function push(more) {
  const checks = {
    pkceCodeVerifier: client.randomPKCECodeVerifier(),
    expectedState: client.randomState(),
    expectedNonce: client.randomNonce(),
    idTokenExpected: true,
  };
  const url = await client.buildAuthorizationUrlWithPAR(
    config,
    {
      redirect_uri,
      scope: 'openid person.self',
      state: checks.expectedState,
      nonce: checks.expectedNonce,
      code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
      code_challenge_method: 'S256',
      dpop_jkt: thumbprint,
      ...more,
    },
    { DPoP },
  );
  return { url, checks };
}

const redeem = ({ callback, checks }) =>
  client.authorizationCodeGrant(config, callback, checks, undefined, { DPoP });
const refresh = (token) => client.refreshTokenGrant(config, token, undefined, { DPoP });
const userInfo = (token, sub) => client.fetchUserInfo(config, token, sub, { DPoP });
const isActive = async (token) => (await client.tokenIntrospection(config, token)).active;

// The whole way.
const first = await push({ max_age: '3600' });
first.checks.maxAge = 3600;
check([...first.url.searchParams.keys()].sort().join() === 'client_id,request_uri', 'the address tells nothing');
first.callback = await browser.answer(first.url, person);
check(browser.pages === 2, 'one page to sign in, one to consent');
const mixedUp = new URL(first.callback);
mixedUp.searchParams.set('iss', 'https://elsewhere.example');
await refusedHere('OAUTH_INVALID_RESPONSE', 'an answer of another issuer', () =>
  redeem({ ...first, callback: mixedUp }),
);
const bare = new URL(first.callback);
bare.searchParams.delete('iss');
await refusedHere('OAUTH_INVALID_RESPONSE', 'an answer of no issuer', () => redeem({ ...first, callback: bare }));

const tokens = await redeem(first);
const who = tokens.claims();
check(tokens.token_type === 'dpop', 'the token is bound by DPoP');
check(claims(tokens.access_token).cnf.jkt === thumbprint, 'to the key of the proof');
check(who.iss === issuer.href.replace(/\/$/, '') && who.aud === clientId, 'the ID token names issuer and client');
check(who.nonce === first.checks.expectedNonce, 'the ID token holds the nonce');
check(headerOf(tokens.id_token).alg === algorithm, `the ID token is signed by ${algorithm}`);
check(who.acr === 'urn:mekong:loa:low' && who.amr.includes('otp'), 'the ID token says how surely it is they');
const info = await userInfo(tokens.access_token, who.sub);
check(info.account_kind === 'citizen', 'userinfo says that it is a citizen');

// Again and again.
const renewed = await refresh(tokens.refresh_token);
check(renewed.access_token !== tokens.access_token, 'a refresh gives another token');
check((renewed.refresh_token ?? tokens.refresh_token) === tokens.refresh_token, 'refresh tokens are not rotated');
check((await userInfo(renewed.access_token, who.sub)).sub === who.sub, 'which is good for userinfo');
const told = await client.tokenIntrospection(config, renewed.access_token);
check(told.active && told.sub === who.sub && told.cnf.jkt === thumbprint, 'introspection tells what the token says');
check(await isActive(tokens.refresh_token), 'and that the refresh token is good');

// With a session, without pages.
const shown = browser.pages;
const silent = await push({ prompt: 'none' });
silent.callback = await browser.answer(silent.url, person);
check(browser.pages === shown, 'prompt=none shows no page');
const others = await redeem(silent);
check(others.claims().sub === who.sub, 'and it is the same person');
check(others.claims().sid === who.sid, 'in the same session');

// A code that comes again takes back what it gave, and nothing else.
await refused('invalid_grant', 'a code used twice', () => redeem(silent));
await refused('invalid_grant', 'the refresh token that it gave', () => refresh(others.refresh_token));
await refused('invalid_token', 'the token that it gave', () => userInfo(others.access_token, who.sub));
check(!(await isActive(others.access_token)), 'introspection says the same');
check(await isActive(renewed.access_token), 'what another code gave stays good');

// Given back.
await client.tokenRevocation(config, tokens.refresh_token);
await refused('invalid_grant', 'a refresh token given back', () => refresh(tokens.refresh_token));
await refused('invalid_token', 'a token of the same grant', () => userInfo(renewed.access_token, who.sub));
check(!(await isActive(tokens.refresh_token)), 'introspection says that it is over');

// More than was consented to is asked for; offline_access outlasts the session.
const scope = 'openid offline_access';
const unasked = await push({ scope, prompt: 'none' });
unasked.callback = await browser.answer(unasked.url, person);
await refused('consent_required', 'prompt=none for what was not consented to', () => redeem(unasked));
const lasting = await push({ scope });
lasting.callback = await browser.answer(lasting.url, person);
check(browser.pages === shown + 1, 'the person is asked for consent alone');
const kept = await redeem(lasting);

// Out.
const state = client.randomState();
const out = await browser.open(
  client.buildEndSessionUrl(config, { id_token_hint: tokens.id_token, post_logout_redirect_uri: afterLogout, state }),
);
check(out.left?.href === `${afterLogout}?state=${state}`, 'the person is signed out and comes back');
check(browser.pages === shown + 1, 'without a question');
check((await refresh(kept.refresh_token)).token_type === 'dpop', 'what offline_access gave is good still');
const late = await push({ prompt: 'none' });
late.callback = await browser.answer(late.url, person);
await refused('login_required', 'prompt=none after signing out', () => redeem(late));

function headerOf(jwt) {
  return JSON.parse(Buffer.from(jwt.split('.')[0], 'base64url').toString());
}
