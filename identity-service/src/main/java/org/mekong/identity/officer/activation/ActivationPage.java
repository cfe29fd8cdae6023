package org.mekong.identity.officer.activation;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.NodeConfig;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.journal.JournalUnavailable;
import org.mekong.identity.officer.activation.Activations.Step;
import org.mekong.identity.page.Language;
import org.mekong.identity.page.PageForm;
import org.mekong.identity.page.Pages;

/**
 * The page where a person uses the code that they were handed in two halves: they choose a password
 * and take over a secret of one-time codes, by its picture or by typing it.
 */
@Path("/activate")
@RunOnVirtualThread
@RequiresScope(RequiresScope.ANYBODY)
public class ActivationPage {
  private static final int LONGEST_CODE = 200;

  private final Template page;
  private final Pages pages;
  private final Steps steps;
  private final NodeConfig node;

  ActivationPage(
      @Location("activation.html") Template page, Pages pages, Steps steps, NodeConfig node) {
    this.page = page;
    this.pages = pages;
    this.steps = steps;
    this.node = node;
  }

  @GET
  @Operation(hidden = true)
  public Response show(@QueryParam("lang") @Nullable String lang, @Context HttpHeaders headers) {
    return asked(200, language(lang, headers), Map.of());
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(hidden = true)
  public Response submit(byte[] body, @Context HttpHeaders headers) {
    PageForm form = PageForm.read(headers, body);
    Language language = language(form.field("lang"), headers);
    if (PageForm.isForeign(headers)) {
      return pages.error(403, language, "foreign-form").build();
    }
    try {
      return answer(form, language);
    } catch (JournalUnavailable | HttpProblem unavailable) {
      return pages.error(503, language, "unavailable").build();
    }
  }

  private Response answer(PageForm form, Language language) {
    String code = code(form);
    boolean chosen = form.field("step").equals("complete");
    if (chosen && !form.field("password").equals(form.field("again"))) {
      return step(steps.offered(code), code, language, Map.of("again", "activate.again.other"));
    }
    return chosen
        ? step(
            steps.complete(code, form.field("password"), digits(form.field("otp"))),
            code,
            language,
            Map.of())
        : step(steps.begin(code), code, language, Map.of());
  }

  private Response step(Step step, String code, Language language, Map<String, String> errors) {
    return switch (step) {
      case Step.Unknown unknown -> asked(422, language, Map.of("first", "activate.unknown"));
      case Step.Done done ->
          shown(200, language, Map.of("done", true, "code", "", "errors", Map.of()));
      case Step.Offered offered -> {
        Map<String, String> all = new LinkedHashMap<>(offered.faults());
        all.putAll(errors);
        yield shown(
            all.isEmpty() ? 200 : 422,
            language,
            Map.of(
                "done", false,
                "code", code,
                "qr", QrCode.of(offered.offer().uri()),
                "secret", offered.offer().secret().replaceAll("(.{4})(?!$)", "$1 "),
                "errors", inWords(all, language)));
      }
    };
  }

  private Response asked(int status, Language language, Map<String, String> errors) {
    return shown(
        status, language, Map.of("done", false, "code", "", "errors", inWords(errors, language)));
  }

  private Response shown(int status, Language language, Map<String, ?> data) {
    return pages.answer(status, page, language, "/activate?", Optional.empty(), data).build();
  }

  private Map<String, String> inWords(Map<String, String> errors, Language language) {
    Map<String, String> texts = pages.texts(language);
    Map<String, String> words = new LinkedHashMap<>(); // as they come on the page
    for (String field : List.of("first", "otp", "password", "again")) {
      String text = errors.get(field);
      if (text != null) {
        words.put(field, texts.getOrDefault(text, text));
      }
    }
    return words;
  }

  /** Both halves, from one field or from two, without what people put around them. */
  private static String code(PageForm form) {
    String first = form.field("first").replaceAll("\\s", "");
    String second = form.field("second").replaceAll("\\s", "");
    String code = second.isEmpty() ? first : first + "." + second;
    return code.substring(0, Math.min(code.length(), LONGEST_CODE));
  }

  private static String digits(String typed) {
    return typed.replaceAll("[\\s-]", "");
  }

  private Language language(@Nullable String asked, HttpHeaders headers) {
    return Language.choose(asked, headers.getAcceptableLanguages(), node.nation());
  }
}
