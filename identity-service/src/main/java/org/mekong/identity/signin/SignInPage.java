package org.mekong.identity.signin;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.client.Client;
import org.mekong.identity.interaction.Browser;
import org.mekong.identity.interaction.Interaction;
import org.mekong.identity.interaction.UnderWay;
import org.mekong.identity.journal.JournalUnavailable;
import org.mekong.identity.page.PageForm;
import org.mekong.identity.page.Pages;
import org.mekong.identity.session.Sessions;
import org.mekong.identity.signin.throttle.Attempt;

/** The page where people sign in. */
@Path("/sign-in")
@RunOnVirtualThread
@RequiresScope(RequiresScope.ANYBODY)
public class SignInPage {
  private static final String DEVICE = "__Host-mekong-device";
  private static final int DEVICE_KNOWN_SECONDS = 400 * 24 * 3600;

  private final Template page;
  private final Pages pages;
  private final UnderWay underWay;
  private final SignIn signIn;

  SignInPage(
      @Location("sign-in.html") Template page, Pages pages, UnderWay underWay, SignIn signIn) {
    this.page = page;
    this.pages = pages;
    this.underWay = underWay;
    this.signIn = signIn;
  }

  @GET
  @Operation(hidden = true)
  public Response show(
      @QueryParam("interaction") @Nullable String id,
      @QueryParam("lang") @Nullable String language,
      @Context HttpHeaders headers) {
    return underWay.on(
        headers,
        id,
        language,
        (interaction, client) ->
            shown(200, interaction, client, interaction.asked().loginHint().orElse(""), Map.of()));
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(hidden = true)
  public Response submit(
      byte[] body, @Context HttpHeaders headers, @Context HttpServerRequest connection) {
    PageForm form = PageForm.read(headers, body);
    return underWay.onForm(
        headers,
        form,
        (interaction, client) -> {
          if (form.field("decision").equals("cancel")) {
            return underWay.cancel(interaction);
          }
          Typed typed = Typed.of(form.field("login"), form.field("password"), form.field("code"));
          List<String> missing = typed.missing();
          if (!missing.isEmpty()) {
            Map<String, String> errors = new HashMap<>();
            missing.forEach(
                field ->
                    errors.put(field, pages.texts(interaction.language()).get(field + ".missing")));
            return shown(422, interaction, client, typed.login(), errors);
          }
          return attempted(interaction, client, typed, headers, connection);
        });
  }

  private Response attempted(
      Interaction interaction,
      Client client,
      Typed typed,
      HttpHeaders headers,
      HttpServerRequest connection) {
    Optional<String> device = Browser.cookie(headers, DEVICE);
    Attempt attempt = Attempt.of(typed.login(), connection.remoteAddress().hostAddress(), device);
    SignIn.Outcome outcome;
    try {
      outcome =
          signIn.attempt(interaction, typed, attempt, Browser.cookie(headers, Sessions.COOKIE));
    } catch (JournalUnavailable | HttpProblem unavailable) {
      return pages.error(503, interaction.language(), "unavailable").build();
    }
    return switch (outcome) {
      case SignIn.Outcome.SignedIn done ->
          underWay
              .proceed(interaction)
              .header("Set-Cookie", done.opened().cookie())
              .header(
                  "Set-Cookie",
                  DEVICE
                      + "="
                      + done.device()
                      + "; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age="
                      + DEVICE_KNOWN_SECONDS)
              .build();
      case SignIn.Outcome.Wrong wrong ->
          shown(
              422,
              interaction,
              client,
              typed.login(),
              Map.of("login", pages.texts(interaction.language()).get("sign-in.wrong")));
      case SignIn.Outcome.Wait wait -> waiting(interaction, wait.time());
    };
  }

  private Response waiting(Interaction interaction, Duration time) {
    return pages
        .error(429, interaction.language(), "too-many")
        .header("Retry-After", Math.max(1, time.toSeconds()))
        .build();
  }

  private Response shown(
      int status,
      Interaction interaction,
      Client client,
      String login,
      Map<String, String> errors) {
    return pages
        .answer(
            status,
            page,
            interaction.language(),
            "/sign-in?interaction=" + interaction.id() + "&",
            Optional.of(interaction.asked().redirectUri()),
            Map.of(
                "interaction", interaction.id(),
                "application", client.name(),
                "agency", client.agency().map(agency -> agency.name()).orElse(""),
                "login", login,
                "errors", errors))
        .build();
  }
}
