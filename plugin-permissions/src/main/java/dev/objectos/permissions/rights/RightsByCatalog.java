package dev.objectos.permissions.rights;

import dev.objectos.runtime.metadata.Catalog;

/** The rights of each catalog, worked out once and kept with it. */
public final class RightsByCatalog {

    private final People people;

    public RightsByCatalog(People people) {
        this.people = people;
    }

    public Rights of(Catalog catalog) {
        return catalog.derive(Rights.class, of -> new Rights(of, people));
    }
}
