package org.mekong.gateway.agreement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The agreements that this gateway knows, read once at start from {@code gateway.agreement-files}.
 * Immutable afterwards. An unusable document stops the start: a gateway without its treaty would
 * only refuse.
 */
@ApplicationScoped
public class AgreementBook {

  private static final Logger LOG = Logger.getLogger(AgreementBook.class);

  private final List<Agreement> agreements;

  /**
   * Reads the files.
   *
   * @param files paths of JSON documents, see {@code agreement.schema.json}
   * @throws IllegalStateException naming the file and everything that is wrong with it
   */
  @Inject
  public AgreementBook(@ConfigProperty(name = "gateway.agreement-files") List<Path> files) {
    this(readAll(files), LOG);
  }

  private AgreementBook(List<Agreement> agreements, Logger log) {
    this.agreements =
        agreements.stream().sorted(Comparator.comparingInt(Agreement::version).reversed()).toList();
    if (agreements.stream().map(Agreement::reference).distinct().count() < agreements.size()) {
      throw new IllegalStateException(
          "gateway.agreement-files: the same version of an agreement stands in two files");
    }
    log.debugf("%d agreements", agreements.size());
  }

  /** A book of these agreements. */
  public static AgreementBook of(Agreement... agreements) {
    return new AgreementBook(List.of(agreements), LOG);
  }

  /** Every agreement, newest version first. */
  public List<Agreement> all() {
    return agreements;
  }

  /** The agreement of this reference. */
  public Optional<Agreement> find(AgreementReference reference) {
    return agreements.stream().filter(a -> a.reference().equals(reference)).findFirst();
  }

  /** Whether any agreement, in force or not, binds these two nations. */
  public boolean binds(String oneNation, String otherNation) {
    return agreements.stream().anyMatch(a -> a.binds(oneNation, otherNation));
  }

  /**
   * The decision on a question by the newest agreement in force between its nations; where none is
   * in force, by the newest that binds them, which then refuses.
   */
  public Decision decide(Question question, LocalDate day) {
    List<Agreement> between =
        agreements.stream().filter(a -> a.binds(question.from(), question.to())).toList();
    return between.stream()
        .filter(a -> a.inForce(day))
        .findFirst()
        .or(() -> between.stream().findFirst())
        .map(agreement -> Evaluator.decide(agreement, question, day))
        .orElseGet(() -> Evaluator.noAgreement(question));
  }

  private static List<Agreement> readAll(List<Path> files) {
    var reader = new AgreementReader();
    var agreements = new ArrayList<Agreement>();
    for (Path file : files) {
      try {
        byte[] document = Files.readAllBytes(file);
        Agreement agreement = reader.read(document);
        agreements.add(agreement);
        LOG.infof(
            "Agreement %s between %s, valid from %s to %s, sha-256 %s",
            agreement.reference(),
            agreement.parties(),
            agreement.validFrom(),
            agreement.validUntil(),
            digest(document));
      } catch (IOException e) {
        throw new IllegalStateException(
            "gateway.agreement-files: cannot read " + file + " (" + e + ")", e);
      } catch (AgreementException e) {
        throw new IllegalStateException(
            "gateway.agreement-files: " + file + ": " + e.getMessage(), e);
      }
    }
    return agreements;
  }

  private static String digest(byte[] document) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(document));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
