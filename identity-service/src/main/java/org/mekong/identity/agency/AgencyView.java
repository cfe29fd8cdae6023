package org.mekong.identity.agency;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An agency as it is answered. */
@Schema(
    example =
        """
        {"id":"vn-quang-tri-civil-registry","name":"Sở Tư pháp Quảng Trị",\
        "agencyClass":"civil-registry","contact":"registry@quangtri.example",\
        "status":"active","version":1,"createdAt":"2026-11-21T09:30:00Z"}""")
public record AgencyView(
    String id,
    String name,
    String agencyClass,
    String contact,
    String status,
    int version,
    Instant createdAt) {
  static AgencyView of(Agency agency) {
    return new AgencyView(
        agency.id(),
        agency.name(),
        agency.agencyClass(),
        agency.contact(),
        agency.status(),
        agency.version(),
        agency.createdAt());
  }
}
