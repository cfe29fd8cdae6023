// openid-client: discovery, client_credentials by private_key_jwt with DPoP, a call with the token.
import * as client from 'openid-client';
import { check, claims, clientId, clientKey, issuer, refused, required } from './client.mjs';

const resource = required('MEKONG_RESOURCE');
const config = await client.discovery(issuer, clientId, undefined, client.PrivateKeyJwt(clientKey));
check(config.serverMetadata().supportsPKCE !== undefined, 'discovery is read');

const proofKey = await client.randomDPoPKeyPair('ES256');
const DPoP = client.getDPoPHandle(config, proofKey);
const parameters = { scope: required('MEKONG_SCOPE'), resource };
const token = await client.clientCredentialsGrant(config, parameters, { DPoP });

check(token.token_type === 'dpop', 'the token is bound by DPoP');
check(token.expires_in > 0 && token.expires_in <= 300, 'the token is good for five minutes at most');
check(token.refresh_token === undefined, 'a system gets no refresh token');
const said = claims(token.access_token);
check(said.iss === issuer.href.replace(/\/$/, ''), 'the token names its issuer');
check([said.aud].flat().includes(resource), 'the token is for the resource that was asked for');
check(typeof said.cnf.jkt === 'string', 'the token names the key');

const called = required('MEKONG_CALL');
const answer = await client.fetchProtectedResource(config, token.access_token, new URL(called), 'GET', null, undefined, {
  DPoP,
});
check(answer.status === 200, `${called} takes the token`);

await refused('invalid_dpop_proof', 'a request without a proof', () =>
  client.clientCredentialsGrant(config, parameters),
);
await refused('invalid_scope', 'a scope that is not registered', () =>
  client.clientCredentialsGrant(config, { ...parameters, scope: 'registry.admin' }, { DPoP }),
);
await refused('invalid_target', 'another resource', () =>
  client.clientCredentialsGrant(config, { ...parameters, resource: 'https://elsewhere.example' }, { DPoP }),
);
