package dev.objectos.runtime.metadata.publish;

/** What administrators have edited, and tenants have added, over everything that plugins and folders bring. */
public final class EditedLayer extends ChangingLayer {}
