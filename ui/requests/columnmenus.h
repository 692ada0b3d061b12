#pragma once

class QMenu;
class RequestTable;

// Adds submenus to a menu for how the table is sorted and which columns it shows, which could only be reached
// with the mouse otherwise. The columns' menu is the header's context menu too.
void addColumnMenus(QMenu *menu, RequestTable *table);
