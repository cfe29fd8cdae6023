package org.mekong.identity.officer;

import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Members;
import org.mekong.identity.account.Account;

/** Whether a person may sign in. */
public record ChangeAccountStatus(
    @Schema(
            required = true,
            enumeration = {"active", "suspended", "closed"})
        @Nullable String status) {
  Account.Status checked() {
    Account.Status[] all = Account.Status.values();
    new Members()
        .require(
            Arrays.stream(all).anyMatch(each -> each.word().equals(status)),
            "status",
            "active, suspended or closed")
        .check();
    return Arrays.stream(all).filter(each -> each.word().equals(status)).findFirst().orElseThrow();
  }
}
