package org.mekong.registry.webhook.dispatch;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.mekong.registry.population.load.FreshRegister;
import org.mekong.webhooks.secret.WebhookSecret;

/** A register with webhooks, in which changes are committed. */
record CourierRegister(FreshRegister register) {

  static CourierRegister create() throws SQLException, IOException {
    return new CourierRegister(FreshRegister.create());
  }

  String name() {
    return register.name();
  }

  /** Adds a webhook. */
  UUID add(String url, WebhookSecret secret) throws SQLException {
    UUID id = UUID.randomUUID();
    try (Connection connection = register.database().getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into webhook (webhook_id, url, types, provinces, state, secret, position,"
                    + " due_at, version, created_at, created_by, changed_at) values (?, ?, '{}',"
                    + " '{}', 'active', ?, 0, now(), 1, now(), 'test', now())")) {
      insert.setObject(1, id);
      insert.setString(2, url);
      insert.setBytes(3, CourierProcess.seal().seal(id, secret));
      insert.executeUpdate();
    }
    return id;
  }

  /** Commits a change of a new person; their key. */
  String commit() throws SQLException {
    UUID person = UUID.randomUUID();
    try (Connection connection = register.database().getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into change_arrival (entries, person_id, event_id, type, province,"
                    + " recorded_at) values (1, ?, ?, 'death', '01', now())")) {
      insert.setObject(1, person);
      insert.setObject(2, UUID.randomUUID());
      insert.executeUpdate();
    }
    return person.toString();
  }

  /** Lets the time pass that the leases of the dead last. */
  void lapse() throws SQLException {
    try (Connection connection = register.database().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("update webhook set leased_until = now() - interval '1 second'");
    }
  }

  /** The persons of the feed, in its order. */
  List<String> feed() throws SQLException {
    try (Connection connection = register.database().getConnection();
        PreparedStatement select =
            connection.prepareStatement("select person_id from change_entry order by position");
        ResultSet row = select.executeQuery()) {
      List<String> persons = new ArrayList<>();
      while (row.next()) {
        persons.add(row.getString(1));
      }
      return persons;
    }
  }

  /** Deliveries that are not delivered. */
  long undelivered() throws SQLException {
    return register.count("select count(*) from webhook_delivery where state <> 'delivered'");
  }
}
