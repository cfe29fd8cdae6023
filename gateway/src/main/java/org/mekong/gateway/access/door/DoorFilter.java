package org.mekong.gateway.access.door;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import org.mekong.gateway.access.Agency;
import org.mekong.gateway.access.CallingAgency;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.http.RequestIds;

/**
 * Sees what is answered, and tells {@link Door} of what was refused there: to agencies, and to
 * strangers where peers ask.
 */
@Provider
public class DoorFilter implements ContainerResponseFilter {

  private static final String AGENCIES = "v1/";
  private static final String STRANGER = "exchange/certificate";
  private static final Set<Integer> REFUSED = Set.of(400, 401, 403, 406, 413, 415);
  private static final Set<String> OF_TOKENS = Set.of("token/agency", "token/no-officer");

  private final Door door;
  private final CallingAgency caller;

  @Inject
  public DoorFilter(Door door, CallingAgency caller) {
    this.door = door;
    this.caller = caller;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    String path = request.getUriInfo().getPath().replaceFirst("^/", "");
    if (REFUSED.contains(response.getStatus())
        && response.getEntity() instanceof HttpProblem problem) {
      String rule = rule(problem);
      if (rule.equals(STRANGER) || path.startsWith(AGENCIES) && isOfDoor(rule)) {
        door.refused(RequestIds.current(), rule, caller.find().map(Agency::id).orElse(""));
      }
    }
  }

  private static boolean isOfDoor(String rule) {
    return rule.startsWith("request/") || rule.startsWith("access/") || OF_TOKENS.contains(rule);
  }

  /** Its rule, or where it names none that of its type; what rules of agreements refuse is told. */
  private static String rule(HttpProblem problem) {
    Object rule = problem.getParameters().get("rule");
    return rule == null ? "request/" + Problem.name(problem) : rule.toString();
  }
}
