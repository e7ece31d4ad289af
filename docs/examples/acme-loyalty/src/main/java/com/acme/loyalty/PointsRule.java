package com.acme.loyalty;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.spi.MutationDraft;
import dev.objectos.runtime.spi.MutationInterceptor;

/** Completes new points with a reason, and refuses more than a thousand at once. */
public final class PointsRule implements MutationInterceptor {

    private static final int MOST = 1_000;

    @Override
    public void before(MutationDraft draft) {
        if (!draft.object().name().equals("loyalty_points") || draft.action() != ChangeAction.CREATE) {
            return;
        }
        if (draft.value("points") instanceof Number points && Math.abs(points.longValue()) > MOST) {
            draft.refuse(new FieldError("points", "too_many", "At most " + MOST + " points are given at once"));
        }
        if (!draft.written().contains("reason")) {
            draft.set("reason", "Purchase");
        }
    }
}
