// oauth4webapi: the same step by step, and what goes wrong with the client's own messages.
import * as oauth from 'oauth4webapi';
import { check, clientId, clientKey, issuer, refused, required } from './client.mjs';

const parameters = { scope: required('MEKONG_SCOPE'), resource: required('MEKONG_RESOURCE') };
const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer));
const plain = await oauth.processDiscoveryResponse(
  issuer,
  await oauth.discoveryRequest(issuer, { algorithm: 'oauth2' }),
);
check(plain.token_endpoint === server.token_endpoint, 'both discovery documents say the same');
check(server.token_endpoint_auth_methods_supported.includes('private_key_jwt'), 'private_key_jwt is announced');
check(server.dpop_signing_alg_values_supported.includes('ES256'), 'DPoP is announced');

const client = { client_id: clientId };
const proofKey = await oauth.generateKeyPair('ES256');

async function ask(assertion, proof) {
  const DPoP = oauth.DPoP(client, proofKey, proof && { [oauth.modifyAssertion]: proof });
  const authentication = oauth.PrivateKeyJwt(clientKey, assertion && { [oauth.modifyAssertion]: assertion });
  const response = await oauth.clientCredentialsGrantRequest(server, client, authentication, parameters, { DPoP });
  return oauth.processClientCredentialsResponse(server, client, response);
}

const token = await ask();
check(token.token_type === 'dpop', 'a token');
const authentic = await oauth.validateJwtAccessToken(
  { ...server },
  await requestWith(token.access_token),
  parameters.resource,
  { requireDPoP: true },
);
check(authentic.client_id === clientId, 'the token and its proof are good by RFC 9068 and RFC 9449');

async function requestWith(accessToken) {
  let seen;
  await oauth.protectedResourceRequest(accessToken, 'GET', new URL(required('MEKONG_CALL')), undefined, undefined, {
    DPoP: oauth.DPoP(client, proofKey),
    [oauth.customFetch]: (url, options) => {
      seen = new Request(url, { method: options.method, headers: options.headers });
      return new Response(null, { status: 204 });
    },
  });
  return seen;
}

const used = crypto.randomUUID();
await ask((_, payload) => (payload.jti = used));
await refused('invalid_client', 'an assertion used twice', () => ask((_, payload) => (payload.jti = used)));
await refused('invalid_client', 'an assertion for the token endpoint', () =>
  ask((_, payload) => (payload.aud = server.token_endpoint)),
);
await refused('invalid_client', 'an audience as a list', () =>
  ask((_, payload) => (payload.aud = [server.issuer])),
);
await refused('invalid_client', 'an assertion that is over', () =>
  ask((_, payload) => (payload.exp = payload.iat - 120)),
);
const proven = crypto.randomUUID();
await ask(undefined, (_, payload) => (payload.jti = proven));
await refused('invalid_dpop_proof', 'a proof used twice', () =>
  ask(undefined, (_, payload) => (payload.jti = proven)),
);
await refused('invalid_dpop_proof', 'a proof for another address', () =>
  ask(undefined, (_, payload) => (payload.htu = 'https://elsewhere.example/token')),
);
await refused('invalid_dpop_proof', 'a proof of an hour ago', () =>
  ask(undefined, (_, payload) => (payload.iat -= 3600)),
);
