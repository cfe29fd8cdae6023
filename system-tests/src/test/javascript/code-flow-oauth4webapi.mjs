// oauth4webapi: the authorization code flow step by step, and what somebody in the middle might try.
import * as oauth from 'oauth4webapi';
import { check, clientId, clientKey, issuer, refused, refusedHere, required } from './client.mjs';
import { Browser, Person } from './person.mjs';

const redirectUri = required('MEKONG_REDIRECT_URI');
const afterLogout = required('MEKONG_POST_LOGOUT_REDIRECT_URI');
const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer));
check(server.require_pushed_authorization_requests === true, 'pushed requests are demanded');
check(server.authorization_response_iss_parameter_supported === true, 'answers name the issuer');

const client = { client_id: clientId, id_token_signed_response_alg: required('MEKONG_ID_TOKEN_ALG') };
const authentication = oauth.PrivateKeyJwt(clientKey);
const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
const stranger = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
const person = await Person.activated();
const browser = new Browser();

/** Pushes a request: where the browser goes, and what the answer is checked by. */
async function push(more, options = { DPoP }) {
  const asked = {
    verifier: oauth.generateRandomCodeVerifier(),
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
  };
  const parameters = new URLSearchParams({
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid person.self',
    state: asked.state,
    nonce: asked.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(asked.verifier),
    code_challenge_method: 'S256',
    dpop_jkt: await DPoP.calculateThumbprint(),
  });
  for (const [name, value] of Object.entries(more ?? {})) {
    if (value === undefined) parameters.delete(name);
    else parameters.set(name, value);
  }
  const response = await oauth.pushedAuthorizationRequest(server, client, authentication, parameters, options);
  const { request_uri } = await oauth.processPushedAuthorizationResponse(server, client, response);
  const url = new URL(server.authorization_endpoint);
  url.search = new URLSearchParams({ client_id: clientId, request_uri });
  return { ...asked, url };
}

async function redeem(asked, proof = DPoP) {
  const answer = oauth.validateAuthResponse(server, client, asked.callback, asked.state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    authentication,
    answer,
    redirectUri,
    asked.verifier,
    { DPoP: proof },
  );
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
    expectedNonce: asked.nonce,
    requireIdToken: true,
  });
  await oauth.validateApplicationLevelSignature(server, response);
  return { ...tokens, who: oauth.getValidatedIdTokenClaims(tokens) };
}

async function refresh(token) {
  const response = await oauth.refreshTokenGrantRequest(server, client, authentication, token, { DPoP });
  const tokens = await oauth.processRefreshTokenResponse(server, client, response);
  await oauth.validateApplicationLevelSignature(server, response);
  return tokens;
}

async function userInfo(token, sub, proof = DPoP) {
  const response = await oauth.userInfoRequest(server, client, token, { DPoP: proof });
  return oauth.processUserInfoResponse(server, client, sub, response);
}

async function introspect(token) {
  const response = await oauth.introspectionRequest(server, client, authentication, token);
  return oauth.processIntrospectionResponse(server, client, response);
}

/** With a session and consent: asks, and comes back at once. */
async function silently(more, options) {
  const asked = await push({ prompt: 'none', ...more }, options);
  asked.callback = await browser.answer(asked.url, person);
  return asked;
}

// What is not even kept.
await refused('invalid_request', 'a request without PKCE', () =>
  push({ code_challenge: undefined, code_challenge_method: undefined }),
);
await refused('invalid_request', 'a request with PKCE in the clear', () => push({ code_challenge_method: 'plain' }));
await refused('invalid_request', 'another redirect URI', () => push({ redirect_uri: `${redirectUri}/` }));
await refused('invalid_request', 'a proof of another key than dpop_jkt names', () => push({}, { DPoP: stranger }));
await refused('unsupported_response_type', 'the implicit flow', () => push({ response_type: 'id_token' }));
const notPushed = new URL(server.authorization_endpoint);
notPushed.search = new URLSearchParams({ client_id: clientId, redirect_uri: redirectUri, response_type: 'code' });
const page = await browser.open(notPushed);
check(page.status === 400, 'a request that was not pushed is answered by a page, not at the address it names');

// What the person does not want.
const unwanted = await push();
unwanted.callback = await browser.answer(unwanted.url, person, 'deny');
await refused('access_denied', 'what the person denies', () => redeem(unwanted));

// The whole way; the session is there already.
const before = browser.pages;
const first = await push();
first.callback = await browser.answer(first.url, person);
check(browser.pages === before + 1, 'who is signed in is asked for consent alone');
check((await browser.open(first.url)).status === 400, 'the request is used up');
const mixedUp = new URL(first.callback);
mixedUp.searchParams.set('iss', 'https://elsewhere.example');
await refusedHere('OAUTH_INVALID_RESPONSE', 'an answer of another issuer', () =>
  redeem({ ...first, callback: mixedUp }),
);
await refusedHere('OAUTH_INVALID_RESPONSE', 'an answer to another request', () => redeem({ ...first, state: 'other' }));
const tokens = await redeem(first);
const sub = tokens.who.sub;
check(tokens.token_type === 'dpop' && tokens.refresh_token !== undefined, 'tokens');
check((await userInfo(tokens.access_token, sub)).sub === sub, 'userinfo is of the same person');
await refused('invalid_token', 'a token with the proof of another key', () =>
  userInfo(tokens.access_token, sub, stranger),
);
const renewed = await refresh(tokens.refresh_token);
check((await userInfo(renewed.access_token, sub)).sub === sub, 'a refreshed token is good');
const told = await introspect(tokens.access_token);
check(told.active && told.client_id === clientId && told.sub === sub, 'introspection tells what the token says');

// With a session, without pages.
const shown = browser.pages;
const silent = await silently();
check(browser.pages === shown, 'prompt=none shows no page');
const others = await redeem(silent);
check(others.who.sub === sub, 'and it is the same person');
await refused('invalid_grant', 'a code used twice', () => redeem(silent));
await refused('invalid_grant', 'the refresh token that it gave', () => refresh(others.refresh_token));
check(!(await introspect(others.access_token)).active, 'and its token is over');
check((await introspect(tokens.access_token)).active, 'what another code gave stays good');

// A code in other hands.
const named = await silently({}, {});
await refused('invalid_grant', 'a code with another key than dpop_jkt named', () => redeem(named, stranger));
const proven = await silently({ dpop_jkt: undefined });
await refused('invalid_grant', 'a code with another key than the pushed request proved', () =>
  redeem(proven, stranger),
);
const injected = await silently();
await refused('invalid_grant', 'a code with another verifier', () =>
  redeem({ ...injected, verifier: oauth.generateRandomCodeVerifier() }),
);
const swapped = await silently();
await refusedHere('OAUTH_JWT_CLAIM_COMPARISON_FAILED', 'an ID token for another nonce', () =>
  redeem({ ...swapped, nonce: oauth.generateRandomNonce() }),
);

// Given back.
await oauth.processRevocationResponse(
  await oauth.revocationRequest(server, client, authentication, tokens.refresh_token),
);
await refused('invalid_grant', 'a refresh token given back', () => refresh(tokens.refresh_token));
await refused('invalid_token', 'a token of the same grant', () => userInfo(tokens.access_token, sub));

// Out: a link alone is a question, the ID token an answer.
const link = new URL(server.end_session_endpoint);
link.search = new URLSearchParams({ client_id: clientId });
const question = await browser.open(link);
check(question.status === 200 && !!question.text.match(/value="sign-out"/), 'a link without ID token asks the person');
const last = await redeem(await silently());
check((await introspect(last.refresh_token)).active, 'who are signed in until they answer');
link.search = new URLSearchParams({
  id_token_hint: tokens.id_token,
  post_logout_redirect_uri: afterLogout,
  state: 'bye',
});
check((await browser.open(link)).left?.href === `${afterLogout}?state=bye`, 'signed out');
await refused('invalid_grant', 'a refresh token of the session', () => refresh(last.refresh_token));
check(!(await introspect(last.access_token)).active, 'its token is over');
await refused('login_required', 'prompt=none after signing out', async () => redeem(await silently()));
