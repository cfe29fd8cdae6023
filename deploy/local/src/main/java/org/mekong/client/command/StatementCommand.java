package org.mekong.client.command;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mekong.client.AnswerInvalidException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mekong verify-statement}: checks a signed statement of a register. */
@Command(
    name = "verify-statement",
    description =
        "Checks a signed statement of a register: says what it states, or the first thing that is wrong.",
    mixinStandardHelpOptions = true)
final class StatementCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "the statement, a compact JWS")
  private @Nullable Path file;

  @Option(
      names = "--keys",
      required = true,
      description = "the register's /.well-known/jwks.json, as a file")
  private @Nullable Path keys;

  @Option(names = "--issuer", required = true, description = "the register's base URL")
  private @Nullable String issuer;

  @Option(
      names = "--audience",
      required = true,
      description = "the agency, as urn:mekong:agency:VN:some-office")
  private @Nullable String audience;

  @Option(names = "--salt", description = "statementSalt of the answer, with --subject")
  private @Nullable String salt;

  @Option(names = "--subject", description = "the number or key that was asked by")
  private @Nullable String subject;

  @Option(names = "--kept", description = "it may be over: it proves what was told")
  private boolean kept;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, AnswerInvalidException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    var claims =
        new StatementCheck(
                published(), Objects.requireNonNull(issuer), Objects.requireNonNull(audience))
            .check(Files.readString(Objects.requireNonNull(file)).strip());
    boolean over = StatementCheck.isOver(claims, Instant.now());
    if (over && !kept) {
      throw new AnswerInvalidException("the statement is not good: its time is over");
    }
    if (salt != null && subject != null) {
      StatementCheck.requireSubject(claims, salt, subject);
    }
    out.println(claims.toPrettyString());
    out.printf(
        "The statement is good%s%s.%n",
        over ? ", and its time is over" : "",
        salt != null && subject != null ? ", and about whom you named" : "");
    out.flush();
    return 0;
  }

  private JWKSet published() throws IOException, AnswerInvalidException {
    try {
      return JWKSet.parse(Files.readString(Objects.requireNonNull(keys)));
    } catch (ParseException e) {
      throw new AnswerInvalidException("the keys are no JWK set", e);
    }
  }
}
