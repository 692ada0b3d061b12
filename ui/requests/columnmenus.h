#pragma once

class QMenu;
class RequestTable;

// Adds to a menu how the table is sorted and which columns it shows: what else only the mouse
// reaches. The columns' menu is the header's context menu too.
void addColumnMenus(QMenu *menu, RequestTable *table);
