package dev.objectos.runtime.spi;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.session.Session;
import java.util.Set;

/** Says what sessions see of what applications describe beside objects: apps, views, forms, reports, charts, pages and menus. */
@FunctionalInterface
public interface ItemRights {

    /** Nobody says anything: everybody sees everything. */
    ItemRights OPEN = (_, _, _) -> Shown.WHOLE;

    /** What a session sees of an item. */
    Shown of(MetadataItem item, Session session, Catalog catalog);

    /**
     * What is to be seen.
     *
     * @param visible whether the item exists, as far as the session can tell
     * @param withheld fields of its object that are taken out of it
     */
    record Shown(boolean visible, Set<String> withheld) {

        /** All of it. */
        public static final Shown WHOLE = new Shown(true, Set.of());

        /** It does not exist. */
        public static final Shown NOTHING = new Shown(false, Set.of());

        public Shown {
            withheld = Set.copyOf(withheld);
        }
    }
}
