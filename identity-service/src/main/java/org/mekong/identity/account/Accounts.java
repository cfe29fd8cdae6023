package org.mekong.identity.account;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.NodeConfig;
import org.mekong.identity.account.sealing.Vault;
import org.mekong.identity.journal.JournalUnavailable;

/** The accounts of people. */
@Singleton
public class Accounts {
  /** What a user name is: it begins with a letter, a personal number with a figure. */
  public static final Pattern USER_NAME = Pattern.compile("[a-z][a-z0-9._-]{2,62}");

  private static final String NUMBER = "personal number";
  private static final Pattern PERSONAL_NUMBER = Pattern.compile("[0-9][0-9A-Z]{5,31}");
  private static final Pattern BETWEEN = Pattern.compile("[\\s.-]");
  private static final int LONGEST_LOGIN = 100;
  private static final String SELECT =
      "SELECT id, kind, user_name, name, agency_id, office, roles, status, assurance, version,"
          + " created_at FROM account";

  private final DataSource database;
  private final Vault vault;
  private final String nation;

  Accounts(DataSource database, Vault vault, NodeConfig node) {
    this.database = database;
    this.vault = vault;
    this.nation = node.nation();
  }

  /**
   * The account of what somebody typed to sign in: a user name, or a personal number with or
   * without spaces and hyphens. Of whatever status; nothing tells from outside why none is found.
   *
   * @throws JournalUnavailable when the database fails
   */
  public Optional<Account> findByLogin(String login) {
    return CredentialTable.ask(database, connection -> findByLogin(connection, login));
  }

  /**
   * The account of an id, of whatever status.
   *
   * @throws JournalUnavailable when the database fails
   */
  public Optional<Account> byId(UUID id) {
    return CredentialTable.ask(database, connection -> byId(connection, id));
  }

  /** {@link #findByLogin(String)} within a transaction. */
  public Optional<Account> findByLogin(Connection connection, String login) throws SQLException {
    String typed = login.length() > LONGEST_LOGIN ? "" : login.strip();
    Optional<String> number = personalNumber(typed);
    String column = number.isPresent() ? "number_hash" : "user_name";
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + " WHERE " + column + " = ?")) {
      if (number.isPresent()) {
        select.setBytes(1, fingerprint(number.get()));
      } else {
        String userName = typed.toLowerCase(Locale.ROOT);
        select.setString(1, USER_NAME.matcher(userName).matches() ? userName : "");
      }
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(read(row)) : Optional.empty();
      }
    }
  }

  /** {@link #byId(UUID)} within a transaction. */
  public Optional<Account> byId(Connection connection, UUID id) throws SQLException {
    return byId(connection, id, "");
  }

  /** The account of an id, kept from changing until the transaction ends. */
  public Optional<Account> hold(Connection connection, UUID id) throws SQLException {
    return byId(connection, id, " FOR UPDATE");
  }

  private static Optional<Account> byId(Connection connection, UUID id, String how)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + " WHERE id = ?" + how)) {
      select.setObject(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(read(row)) : Optional.empty();
      }
    }
  }

  /** Accounts of a kind whose ids come after one, in order. */
  public List<Account> after(Connection connection, Account.Kind kind, @Nullable UUID id, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + " WHERE kind = ? AND id > ? ORDER BY id LIMIT ?")) {
      select.setString(1, kind.word());
      select.setObject(2, Objects.requireNonNullElse(id, new UUID(0, 0)));
      select.setInt(3, limit);
      try (ResultSet rows = select.executeQuery()) {
        List<Account> accounts = new ArrayList<>();
        while (rows.next()) {
          accounts.add(read(rows));
        }
        return accounts;
      }
    }
  }

  /** How many accounts of a kind are active. */
  public int active(Connection connection, Account.Kind kind) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT count(*) FROM account WHERE kind = ? AND status = 'active'")) {
      select.setString(1, kind.word());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }

  /**
   * Adds the account of an officer or administrator.
   *
   * @return false when the user name is taken
   */
  public boolean add(Connection connection, Account account) throws SQLException {
    return add(connection, account, null);
  }

  /**
   * Adds the account of a citizen.
   *
   * @param number a personal number as {@link #personalNumber(String)} gives it
   * @return false when the number has an account
   */
  public boolean addCitizen(Connection connection, Account account, String number)
      throws SQLException {
    return add(connection, account, number);
  }

  private boolean add(Connection connection, Account account, @Nullable String number)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO account (id, kind, user_name, number_hash, number_jwe, name, agency_id,"
                + " office, roles, assurance, status, version, created_at, updated_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
      OffsetDateTime now = account.createdAt().atOffset(ZoneOffset.UTC);
      insert.setObject(1, account.id());
      insert.setString(2, account.kind().word());
      insert.setString(3, account.userName().orElse(null));
      insert.setBytes(4, number == null ? null : fingerprint(number));
      insert.setString(5, number == null ? null : sealed(account.id(), number));
      insert.setString(6, account.name());
      insert.setString(7, account.agencyId().orElse(null));
      insert.setString(8, account.office());
      insert.setArray(9, connection.createArrayOf("text", words(account.roles())));
      insert.setString(10, account.assurance().word());
      insert.setString(11, account.status().word());
      insert.setInt(12, account.version());
      insert.setObject(13, now);
      insert.setObject(14, now);
      return insert.executeUpdate() == 1;
    }
  }

  /**
   * Writes name, agency, office, roles, status and assurance of an account and counts its version
   * on.
   *
   * @return false when the account has another version by now
   */
  public boolean change(Connection connection, Account account, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE account SET name = ?, agency_id = ?, office = ?, roles = ?, status = ?,"
                + " assurance = ?, version = version + 1, updated_at = ?"
                + " WHERE id = ? AND version = ? AND status <> 'closed'")) {
      update.setString(1, account.name());
      update.setString(2, account.agencyId().orElse(null));
      update.setString(3, account.office());
      update.setArray(4, connection.createArrayOf("text", words(account.roles())));
      update.setString(5, account.status().word());
      update.setString(6, account.assurance().word());
      update.setObject(7, now.atOffset(ZoneOffset.UTC));
      update.setObject(8, account.id());
      update.setInt(9, account.version());
      return update.executeUpdate() == 1;
    }
  }

  /** The personal number of a citizen, for what the register is asked; never for a log. */
  public Optional<String> personalNumber(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT number_jwe FROM account WHERE id = ?")) {
      select.setObject(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getString(1) != null
            ? Optional.of(
                new String(vault.open(NUMBER, id, row.getString(1)), StandardCharsets.UTF_8))
            : Optional.empty();
      }
    }
  }

  /** What was typed as a personal number: without what stands between; empty when it is none. */
  public static Optional<String> personalNumber(String typed) {
    String number = BETWEEN.matcher(typed).replaceAll("").toUpperCase(Locale.ROOT);
    return PERSONAL_NUMBER.matcher(number).matches() ? Optional.of(number) : Optional.empty();
  }

  /** What stands for a personal number where the number itself must not: equal for equal ones. */
  public String pseudonym(String number) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(fingerprint(number));
  }

  private byte[] fingerprint(String number) {
    return vault.fingerprint(NUMBER, nation + ' ' + number);
  }

  private String sealed(UUID id, String number) {
    return vault.seal(NUMBER, id, number.getBytes(StandardCharsets.UTF_8));
  }

  private static Object[] words(Set<Role> roles) {
    return roles.stream().map(Role::word).sorted().toArray();
  }

  private static Account read(ResultSet row) throws SQLException {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String word : (String[]) row.getArray("roles").getArray()) {
      Role.of(word).ifPresent(roles::add);
    }
    return new Account(
        row.getObject("id", UUID.class),
        Account.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        Optional.ofNullable(row.getString("user_name")),
        row.getString("name"),
        Optional.ofNullable(row.getString("agency_id")),
        row.getString("office"),
        roles,
        Account.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        Assurance.valueOf(row.getString("assurance").toUpperCase(Locale.ROOT)),
        row.getInt("version"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
