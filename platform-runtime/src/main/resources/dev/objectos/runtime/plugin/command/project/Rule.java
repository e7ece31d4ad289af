package {{package}};

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.spi.MutationDraft;
import dev.objectos.runtime.spi.MutationInterceptor;

/** Takes the space around a note's title away, and refuses a title that is nothing else. */
public final class {{Name}}Rule implements MutationInterceptor {

    @Override
    public void before(MutationDraft draft) {
        if (!draft.object().name().equals("{{object}}") || !draft.written().contains("title")) {
            return;
        }
        if (draft.value("title") instanceof String title) {
            if (title.isBlank()) {
                draft.refuse(new FieldError("title", "blank", "A note needs a title"));
            }
            draft.set("title", title.strip());
        }
    }
}
