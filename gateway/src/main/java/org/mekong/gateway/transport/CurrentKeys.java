package org.mekong.gateway.transport;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Our key and certificate as they are now. A handshake that has begun ends with the key that it has
 * chosen: an alias leads back to the store that it is of.
 */
final class CurrentKeys extends X509ExtendedKeyManager {

  private volatile @Nullable Store store;
  private volatile @Nullable Store former;
  private long numbers;

  private record Store(String prefix, X509ExtendedKeyManager keys, X509Certificate[] shown) {
    @Nullable String alias(@Nullable String own) {
      return own == null ? null : prefix + own;
    }
  }

  boolean isEmpty() {
    return store == null;
  }

  /** Takes over a store; false when it shows the certificate that is shown already. */
  synchronized boolean become(X509ExtendedKeyManager keys) {
    X509Certificate[] shown = shown(keys);
    Store current = store;
    if (current != null && Arrays.equals(current.shown(), shown)) {
      return false;
    }
    former = current;
    store = new Store(numbers++ + ":", keys, shown);
    return true;
  }

  private static X509Certificate[] shown(X509ExtendedKeyManager keys) {
    for (String type : new String[] {"EC", "RSA", "EdDSA"}) {
      String[] aliases = keys.getClientAliases(type, null);
      if (aliases != null && aliases.length > 0) {
        return keys.getCertificateChain(aliases[0]);
      }
    }
    return new X509Certificate[0];
  }

  private Store current() {
    return Objects.requireNonNull(store);
  }

  private Store of(String alias) {
    Store before = former;
    return before != null && alias.startsWith(before.prefix()) ? before : current();
  }

  private static String own(String alias) {
    return alias.substring(alias.indexOf(':') + 1);
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    Store now = current();
    return now.alias(now.keys().chooseEngineClientAlias(types, issuers, engine));
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
    Store now = current();
    return now.alias(now.keys().chooseClientAlias(types, issuers, socket));
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return of(alias).keys().getCertificateChain(own(alias));
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return of(alias).keys().getPrivateKey(own(alias));
  }

  @Override
  public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
    Store now = current();
    String[] aliases = now.keys().getClientAliases(type, issuers);
    return aliases == null ? null : Arrays.stream(aliases).map(now::alias).toArray(String[]::new);
  }

  @Override
  public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
    Store now = current();
    String[] aliases = now.keys().getServerAliases(type, issuers);
    return aliases == null ? null : Arrays.stream(aliases).map(now::alias).toArray(String[]::new);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
    Store now = current();
    return now.alias(now.keys().chooseServerAlias(type, issuers, socket));
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    Store now = current();
    return now.alias(now.keys().chooseEngineServerAlias(type, issuers, engine));
  }
}
