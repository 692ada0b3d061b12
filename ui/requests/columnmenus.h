#pragma once

class QMenu;
class RequestTable;

// Adds two submenus to a menu: for how the table is sorted, and for which columns it shows. Without them, only the
// mouse could change that. The submenu of columns is also the context menu of the table's header.
void addColumnMenus(QMenu *menu, RequestTable *table);
