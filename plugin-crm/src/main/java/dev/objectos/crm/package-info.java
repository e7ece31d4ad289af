/** Customer relations: leads, accounts, contacts, opportunities, quotes and orders, written in YAML. */
@NullMarked
package dev.objectos.crm;

import org.jspecify.annotations.NullMarked;
