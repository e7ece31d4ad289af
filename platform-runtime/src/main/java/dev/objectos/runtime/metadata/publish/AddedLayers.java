package dev.objectos.runtime.metadata.publish;

/** What plugins that come and go bring to the catalog, in the order of their dependencies. */
public final class AddedLayers extends ChangingLayer {}
