/// A disk with UDF, ISO 9660 and Joliet, made by genisoimage for these tests.
public enum UniversalDiskSample {
    /// `note.txt` and `sub/payload.exe`, in every tree; xz in base64.
    public static let packed =
        """
        /Td6WFoAAATm1rRGAgAhARwAAAAQz1jM7Xf/CKhdAABv/f//o7f/Rz5IFXI5YVG4kijmo4YH+e7kHoLTL8U6PAFLsX7JiopNL6MN2X+m44wj
        EVPgWRjFdYrid/dE790OjkefKuUNdUG7Q609LBi0BT3LYTAYxkCviy1heLN6VXk/00CbDZI6kT2NiQdyI3wP91wjJVoq2b43usXr8oPGN8p2
        doF/QTXUpLpe+SYr3f0ytsEW53KdmwGKHwqSrWQJcrQfqaNKw9+/S+TCigsbYZdBtQs2Ga23wAAg6WL6M15DCniEgmxmKKinq8HqRr2j89ZZ
        nw2cfuPYgD0UQgiaj1+1TFKFGCXtxuwXHJAY4ylhr9Dz/de+XB0OnSGFP4D25ERVjnxpMpdCpgVZ09+LjQknWKnTHJVxy09QXc5wg7Fk2GeZ
        4cDRndcWbRuMiKGIkMz8hGmbxtFxr2k+9wRug+YHw6sdKLNFNMx5tdqJ7gvnXd1pGPh1+cmYjAgsHUY1+b0GdCwvix5pVJIbzNoz9vvMeuDV
        oBuL4nN0YFv3AVIYq7F+lmhkrFi1b/FextSNPdnTPIXljbwTyeZdPXE7Y4wt6Q4350VQE26eRfKhuGSoCZVwL79N7rnuSTQCxukAhntHStig
        mzQhqZ0p6J5mO5y6pIfZ4q1xt00i4EKKyuKXXkLEJT9AoNsh/xQe/oUC3cpXPSZ/5qrGgX1ApvTLMP+wRPcCVaQcKjIneJRwSprqV6duOGMQ
        MKBRsEdVvLiESJUrmRk6ovChYG71XUK+UaYQa1CsyeCv4VhBnlu1/EBOLlMdOX6fvAc6O4ODVArkCppgDYjfDzvqM1vAx7rYGcurn79oCCn9
        cZ18HnNlikvEGNKXFg8pgUSxGxxlM+qXQ4UTQaSvIbiJXQhyMhwXTx0TINxuCsNqpsXM35lhOWW2V2XTxtv+sT7h+zjD4eE1cajIAXs02a4Y
        +v5OUL16ool+LzaOMfCpHlAXQwAO47TWglol2pw82dtChbqrITznWsV3I9+ZX9Z3AAYlJY5nVnu9Io/C5GvjzgWNp9/aAytmroJgY0rhi/XB
        3YpJbpQZ10jZ5XZ0e468zA8JcZbDrn/zRhDWtSod6pjLd8wEoznGEp3uKxETZsBlxCVT+PWRNjEFpbDub8FwTUcM0ZERqq1gHbrOsScYXFmG
        6WSmXqT8nHFl6A7D6reocYHJjMtm7JOvcNSw4eWZMWizR+kpC8l9e4SW+3bYnLWSxA7zhgtKUET4tjFeKLWAHhx2av0JKLr+bZob7PS0Nfv2
        jRNMLRgBi7FAhmZVyFCMBzsFcLqXifhn09LFnBiTJrxpBB3jm8IVT8tK9Sg+rI1IFh4HYch1JwgQDQ20BamQUR6Pybi7vYY2VxlOWJwag58Y
        PYDk7PvEFnfOuSMVasa+jaKoWSonibfKKT4JKc9OijTdtk8vGLWVMjHnHQJYg0rnztG1r6B30NVdtnvPtzZoINKeSLWtPAs5vrDuiNdTm1eX
        OWGjXpLz+1nh91/26uMTiacLifPTl9vUplGluh9UdJPkuHOK9xIinlZCrHpM+8Mkka09Vmo308cUuyeRfD9VeUYBJx2p8K32/V2fFUXLLhr6
        8d95DhE9r1lS6ZhhA+6djlaBfZrg99Y8uiIjuxVwDpoO83UjoNgkE4WeOgm9zLDQae6tKNlWMNPtQk52MNS7TExtxwB4t19BRoZzKQHd2qJz
        ne4bjTBiFeboIIkQS+EPK1YAPC7yP2du2SNEt0Xurgzu+hz3X824+YOFezNjG/pLnpd9mwLHBHViQMl0kBuWqA2yB71vpP/LbXU6ZqxKT9XW
        xQgZYudmSTaeTWluQLYVxMrRjZlq4d0fkDtQwdNItodHqy0qxQM2fvHz5e9gK8E/ABwL19pBvHhg3d1bD/KoAXtLGHZijJ5ef/GWxdq8c5HH
        qB93c2CLYyUpozP/xm9shXvegN5cZcceCBLEkILUrxO78kY+DrMaxSLKnf88g2OqyJ0tMFluNlIAONLJp/SAHHY8iPw+CcDgbuPiuJGAP4K4
        26EnLiOswVri0A0gLXPw2AK39O+UZ08SVsS4EJ+XLqic/mMcaGqXQCOE+c4s2CHL02JqCuU/IFzv8PzTJdL27mK3648mm+x7Lg7XHdemKyME
        Uj/E6EaKM0IPFhlKOSaPegiFi66UKcLGQBZpT9V0hLgrittw1RCsJYeYMmNl02H+UFPuawdvi2eC3L9b85y84aBIo/V8m7eAh/4FZJ8jFK/b
        bH5uWffqsrLrl6G90rbop5FqTzkYmaeSm3BOk44tpLaTRBj+zCs8mYpsjKVsCymU3HswvnGKNA1TUHu+/TLvqsyddIyLEDJ6kuQc5cZcPUwi
        9X2vLQhQLqe0uPuZl5JvK9UVv0NxnjddhWLFFs3A/f2a1tL4nfNSrExjPj+/yfZWH+ySkA9CijUjZUAPLGyaw6tb0lylKHOBKPK+/H93Nu3l
        alvyZVo8HVwKB2sCl0s5ePVw2Yd6IBMgKnJrGTbOhLi12QmSDDNJ0mNa+Dn3E+/Gjlp+1EG3acnVe1KvraHGdCu/uUY2RDh1oLLNxetOOc8S
        Hu8LY2jWHuLP6NZsO6Lqvm5NRoG/j/Wom7GMZ+/UQvwV8AYW9RdiZtpimkXICk+ATuIubRmo0owrwJ1ESwOUJZkKiqU4OYv5I5QGn4CYnoh7
        ZLlYvzl+m81/75G+6JhhHJOK/AbMx+mybD/6ya/moDnPY5vyF/M/jk58qT/xsRROz0J/40yxLTauH8ArSIxYjLO6EM+4vJnL41C6N8PcdSIu
        9PThs8fD2G0HwNc+udGvNBbEHODttnpyd8qRgCHQ8R5qcVEylZkQ0ngYnVAdtJkC8QpkYV/Gpoyt0NscfoJnMWo4zINUwQM+ihhCehb1FnWN
        yFqw5Jxx7ZLtPH6/vGvI85j+3F84l/VPTLvswJLUV2H+HaQ7gE2Sm2sW3dpE2Wj+S8VD0eMdp4ko57QAAIT/cbIbl0jnAAHEEYDwNQAQMQDu
        scRn+wIAAAAABFla
        """
}
