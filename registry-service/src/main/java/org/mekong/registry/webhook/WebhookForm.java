package org.mekong.registry.webhook;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.feed.FeedFilter;
import org.mekong.registry.feed.Follower;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.problem.Violations;
import org.mekong.webhooks.address.AddressGuard;
import org.mekong.webhooks.address.Target;

/** Reads what an administrator says of a webhook, and names every member that breaks a rule. */
@Singleton
final class WebhookForm {

  private final AddressGuard guard;
  private final Follower follower;
  private final NationProfile profile;

  WebhookForm(AddressGuard guard, Follower follower, NationProfile profile) {
    this.guard = guard;
    this.follower = follower;
    this.profile = profile;
  }

  /** A webhook to set up, as it was read. */
  record Read(String url, FeedFilter filter, long position) {}

  /** What is to be otherwise, as it was read. */
  record Change(
      @Nullable String url,
      @Nullable Set<String> types,
      @Nullable Set<String> provinces,
      Webhook.@Nullable State state) {

    Webhook of(Webhook before, Instant now) {
      Webhook changed =
          before.to(
              url == null ? before.url() : url,
              new FeedFilter(
                  types == null ? before.filter().types() : types,
                  provinces == null ? before.filter().provinces() : provinces),
              now);
      return state == null ? changed : changed.in(state, null, now);
    }
  }

  /** Reads a webhook to set up. */
  Read read(CreateWebhook body) throws SQLException {
    Violations violations = new Violations();
    if (body.url() == null) {
      violations.add("url", "required", "is missing");
    }
    String url = url(body.url(), violations);
    FeedFilter filter = filter(body.types(), body.provinces(), violations);
    violations.refuse();
    String after = body.after() == null ? "latest" : body.after();
    return new Read(String.valueOf(url), filter, follower.begin(after, filter));
  }

  /** Reads what is to be otherwise. */
  Change read(ChangeWebhook body) {
    Violations violations = new Violations();
    String url = url(body.url(), violations);
    FeedFilter filter = filter(body.types(), body.provinces(), violations);
    Webhook.State state = state(body.state(), violations);
    violations.refuse();
    return new Change(
        url,
        body.types() == null ? null : filter.types(),
        body.provinces() == null ? null : filter.provinces(),
        state);
  }

  /** The URL, when it is one that may be connected to as its host is found now. */
  private @Nullable String url(@Nullable String url, Violations violations) {
    Target target =
        violations.read(
            "url",
            url,
            "https-url",
            "is no https URL with a host, without user and fragment",
            Target::parse);
    if (target == null) {
      return null;
    }
    try {
      var unused = guard.addresses(target.host());
      return url;
    } catch (AddressGuard.Refused refused) {
      switch (refused.rule()) {
        case UNKNOWN_HOST -> violations.add("url", "known-host", "names a host without address");
        case PRIVATE_ADDRESS ->
            violations.add("url", "public-address", "leads to an address that is not public");
      }
      return null;
    }
  }

  private FeedFilter filter(
      @Nullable List<@Nullable String> types,
      @Nullable List<@Nullable String> provinces,
      Violations violations) {
    return FeedFilter.read(
        texts("types", types, violations),
        "types",
        texts("provinces", provinces, violations),
        "provinces",
        profile,
        violations);
  }

  /** The state that an administrator may give. */
  private static Webhook.@Nullable State state(@Nullable String state, Violations violations) {
    return violations.read(
        "state",
        state,
        "known-code",
        "is neither active nor paused",
        word ->
            switch (word) {
              case "active" -> Optional.of(Webhook.State.ACTIVE);
              case "paused" -> Optional.of(Webhook.State.PAUSED);
              default -> Optional.empty();
            });
  }

  private static List<String> texts(
      String member, @Nullable List<@Nullable String> list, Violations violations) {
    if (list == null) {
      return List.of();
    }
    if (list.stream().anyMatch(Objects::isNull)) {
      violations.add(member, "required", "holds null");
    }
    return list.stream().flatMap(text -> Optional.ofNullable(text).stream()).toList();
  }
}
