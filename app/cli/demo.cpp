#include "app/cli/demo.h"

#include "app/options/options.h"
#include "proxy/demo/demoserver.h"

using namespace Qt::StringLiterals;

std::unique_ptr<DemoServer> startDemo(Options &options)
{
    auto demo = std::make_unique<DemoServer>();
    if (options.demoPace) {
        demo->setPace(*options.demoPace);
        if (options.demoPace->count() == 0)
            demo->setWorkTime(*options.demoPace); // an agent's, too
    }
    if (!demo->listen())
        return nullptr;
    options.proxy.upstream = demo->url();
    options.proxy.key = Secret("demo"_ba);
    options.proxy.extraCaCertificates.clear();
    return demo;
}
